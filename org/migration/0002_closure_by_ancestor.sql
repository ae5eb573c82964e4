-- What lies below a unit is asked at every request of staff.
CREATE INDEX org_closure_ancestor ON org_closure (ancestor, unit);
