"""The environment: set-up, environment.yml, JupyterLab and the kernel in it."""
