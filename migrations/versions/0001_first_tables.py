"""The first tables: the catalogue, its search, events and letters"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table('article',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('teaser_html', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('words', sa.Integer(), nullable=False),
    sa.CheckConstraint("slug <> ''", name='article_slug_not_empty'),
    sa.CheckConstraint('words >= 0', name='article_words_not_negative'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('slug')
    )
    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_kind'), ['kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_subject'), ['subject'], unique=False)

    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('html', sa.String(), nullable=False),
    sa.Column('written', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key')
    )
    op.create_table('searchword',
    sa.Column('word', sa.String(), nullable=False),
    sa.Column('shown', sa.String(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('word')
    )
    with op.batch_alter_table('searchword', schema=None) as batch_op:
        batch_op.create_index('searchword_by_length', ['length'], unique=False)

    op.create_table('series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('tag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('video',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('duration', sa.Float(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('published', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('synthetic_voice', sa.Boolean(), nullable=False),
    sa.Column('record', sa.String(), nullable=False),
    sa.Column('added', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("slug <> ''", name='video_slug_not_empty'),
    sa.CheckConstraint("state <> 'withdrawn' OR reason <> ''", name='video_withdrawn_has_reason'),
    sa.CheckConstraint("state IN ('draft', 'ready', 'scheduled', 'published', 'withdrawn')", name='video_state_known'),
    sa.CheckConstraint("state NOT IN ('scheduled', 'published') OR published IS NOT NULL", name='video_published_has_time'),
    sa.CheckConstraint('duration >= 0', name='video_duration_not_negative'),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('slug')
    )
    with op.batch_alter_table('video', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_video_series_id'), ['series_id'], unique=False)
        batch_op.create_index('video_by_state_and_time', ['state', 'published'], unique=False)

    op.create_table('articlelink',
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('confidence', sa.Float(), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=False),
    sa.CheckConstraint("origin IN ('explicit', 'embedded', 'proposed')", name='articlelink_origin_known'),
    sa.CheckConstraint('confidence BETWEEN 0 AND 1', name='articlelink_confidence_a_share'),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('video_id', 'article_id')
    )
    with op.batch_alter_table('articlelink', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_articlelink_article_id'), ['article_id'], unique=False)

    op.create_table('block',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('accepted', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('video_id', 'rule', name='block_one_a_rule')
    )
    op.create_table('chapter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('start', sa.Float(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.CheckConstraint('start >= 0', name='chapter_start_not_negative'),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('video_id', 'position', name='chapter_one_a_position')
    )
    op.create_table('credit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('credit', sa.Text(), nullable=False),
    sa.Column('licence', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('video_id', 'position', name='credit_one_a_position')
    )
    op.create_table('externalid',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('kind', 'value', name='externalid_one_video')
    )
    op.create_table('mediafile',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('bytes', sa.Integer(), nullable=False),
    sa.Column('mime', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.CheckConstraint('bytes >= 0', name='mediafile_bytes_not_negative'),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('video_id', 'role', 'language', name='mediafile_one_a_role')
    )
    with op.batch_alter_table('mediafile', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mediafile_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_mediafile_sha256'), ['sha256'], unique=False)

    op.create_table('searchcard',
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('duration', sa.Float(), nullable=False),
    sa.Column('published', sa.Float(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('series', sa.String(), nullable=False),
    sa.Column('tags', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('video_id')
    )
    op.create_table('transcriptversion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('edited_by', sa.String(), nullable=False),
    sa.Column('current', sa.Boolean(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('version >= 1', name='transcript_version_from_one'),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('video_id', 'language', 'version', name='transcript_one_a_version')
    )
    with op.batch_alter_table('transcriptversion', schema=None) as batch_op:
        batch_op.create_index('transcript_one_current', ['video_id', 'language'], unique=True, sqlite_where=sa.text('current'), postgresql_where=sa.text('current'))

    op.create_table('videotag',
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('tag_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['tag_id'], ['tag.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('video_id', 'tag_id')
    )
    with op.batch_alter_table('videotag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_videotag_tag_id'), ['tag_id'], unique=False)

    op.create_table('cue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('transcript_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('start', sa.Float(), nullable=False),
    sa.Column('end', sa.Float(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('settings', sa.JSON(none_as_null=True), nullable=True),
    sa.CheckConstraint('start >= 0 AND "end" >= start', name='cue_times_in_order'),
    sa.ForeignKeyConstraint(['transcript_id'], ['transcriptversion.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('transcript_id', 'position', name='cue_one_a_position')
    )
    op.create_table('searchtext',
    sa.Column('video_id', sa.Integer(), nullable=False),
    sa.Column('tokens', sa.Text(), nullable=False),
    sa.Column('cue_starts', sa.Text(), nullable=False),
    sa.Column('transcript_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['transcript_id'], ['transcriptversion.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['video_id'], ['video.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('video_id')
    )
    if op.get_bind().dialect.name == "sqlite":
        # Tokens come folded and in ASCII: the plainest tokeniser is the right one. The text stays in `searchtext`.
        op.execute(
            "CREATE VIRTUAL TABLE searchindex USING fts5"
            "(tokens, content='searchtext', content_rowid='video_id', columnsize=0, tokenize='ascii', prefix='3 4 5')"
        )
    else:
        op.execute(
            "CREATE TABLE searchindex (video_id integer PRIMARY KEY REFERENCES video (id) ON DELETE CASCADE, lexemes tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX searchindex_lexemes ON searchindex USING gin (lexemes)")


def downgrade() -> None:
    """Back to the one before."""
    op.execute("DROP TABLE searchindex")
    op.drop_table('searchtext')
    op.drop_table('cue')
    with op.batch_alter_table('videotag', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_videotag_tag_id'))

    op.drop_table('videotag')
    with op.batch_alter_table('transcriptversion', schema=None) as batch_op:
        batch_op.drop_index('transcript_one_current', sqlite_where=sa.text('current'), postgresql_where=sa.text('current'))

    op.drop_table('transcriptversion')
    op.drop_table('searchcard')
    with op.batch_alter_table('mediafile', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mediafile_sha256'))
        batch_op.drop_index(batch_op.f('ix_mediafile_key'))

    op.drop_table('mediafile')
    op.drop_table('externalid')
    op.drop_table('credit')
    op.drop_table('chapter')
    op.drop_table('block')
    with op.batch_alter_table('articlelink', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_articlelink_article_id'))

    op.drop_table('articlelink')
    with op.batch_alter_table('video', schema=None) as batch_op:
        batch_op.drop_index('video_by_state_and_time')
        batch_op.drop_index(batch_op.f('ix_video_series_id'))

    op.drop_table('video')
    op.drop_table('tag')
    op.drop_table('series')
    with op.batch_alter_table('searchword', schema=None) as batch_op:
        batch_op.drop_index('searchword_by_length')

    op.drop_table('searchword')
    op.drop_table('letter')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_subject'))
        batch_op.drop_index(batch_op.f('ix_event_kind'))

    op.drop_table('event')
    op.drop_table('article')
