"""Checkpost: a coach that reads a post before it is sent."""
