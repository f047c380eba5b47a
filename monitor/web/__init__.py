"""The pages: addresses, access, forms and views. Every page works without a script; htmx makes it quick."""
