-- titolo: Le frasi che provano un'operazione, con fonte e link
-- title: The sentences that prove a deal, with source and link
-- deal = D1: a deal's identifier
SELECT source, published, sentence, article_title, url, status, tagger || ' ' || extractor AS extractor
FROM deal_proof
WHERE deal_id=(SELECT coalesce(merged_into, id) FROM deal WHERE id=cast(substr(:deal, 2) AS INTEGER) AND public_id=:deal)
ORDER BY published, article_id, char_start
