"""What is the article, and what the page shows around it: rules that label the lines of a text and alter nothing."""
