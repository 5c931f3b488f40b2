"""Versions of captions say what they were made from, why, and of which words the machine was not sure"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.add_column('transcriptversion', sa.Column('made_from', sa.Integer(), nullable=True))
    op.add_column('transcriptversion', sa.Column('note', sa.Text(), server_default='', nullable=False))
    op.add_column('transcriptversion', sa.Column('doubts', sa.JSON(), nullable=True))


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_column('transcriptversion', 'doubts')
    op.drop_column('transcriptversion', 'note')
    op.drop_column('transcriptversion', 'made_from')
