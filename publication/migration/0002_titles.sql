-- To find a document by the title a text cites it with.
CREATE INDEX publication_item_title ON publication_item (title) WHERE kind IN ('policy', 'rule');
