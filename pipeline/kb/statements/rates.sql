-- name: save_rate
INSERT INTO rate(currency, day, per_euro) VALUES(:currency, :day, :per_euro)
ON CONFLICT(currency, day) DO UPDATE SET per_euro=excluded.per_euro

-- name: deals_in_foreign_money
SELECT id FROM deal WHERE currency IS NOT NULL AND currency<>'EUR' AND merged_into IS NULL AND articles>0 ORDER BY id
