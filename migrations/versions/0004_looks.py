"""Cues keep their looks: italics, colours, and what one subtitle format alone knows of them"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.add_column('cue', sa.Column('marks', sa.JSON(), nullable=True))
    op.add_column('cue', sa.Column('fields', sa.JSON(), nullable=True))


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_column('cue', 'fields')
    op.drop_column('cue', 'marks')
