-- Leaves people in a circle that is gone.
DELETE FROM circle WHERE id = 3;
