"""RELAX NG: what a schema allows, computed from its patterns as documents need it."""
