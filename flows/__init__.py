"""What runs teiprep in an orchestrator. Nothing else imports Prefect."""
