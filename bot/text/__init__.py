"""Reading a draft: words, sentences, links, code, quotations, language, in code points of the original."""
