"""Our own corpora: from tagged sources to texts and the truth planted in them."""
