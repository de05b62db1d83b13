"""What templates are given: each thing as one audience may see it, and nothing else."""
