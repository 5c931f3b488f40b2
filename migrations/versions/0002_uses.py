"""What each film uses, and what it rests on: assets, figures, sources"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table('assetuse',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('credit', sa.Text(), nullable=False),
    sa.Column('licence', sa.String(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('expires', sa.String(), nullable=False),
    sa.Column('scenes', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('video_id', 'position', name='assetuse_one_a_position')
    )
    with op.batch_alter_table('assetuse', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assetuse_name'), ['name'], unique=False)

    op.create_table('factuse',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('as_of', sa.String(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('scenes', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('video_id', 'position', name='factuse_one_a_position')
    )
    with op.batch_alter_table('factuse', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_factuse_name'), ['name'], unique=False)

    op.add_column('video', sa.Column('sources', sa.JSON(), server_default=sa.text("'[]'"), nullable=False))


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_column('video', 'sources')
    op.drop_table('factuse')
    op.drop_table('assetuse')
