"""The JSON other programs rely on: drafts in, advice out (contract.md)."""
