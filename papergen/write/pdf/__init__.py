"""PDF files: takes a paper and its dress, and gives the pages it is set in, a PDF/UA of them, and what they show."""
