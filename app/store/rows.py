"""Knows what every table has: how its constraints are called, and what a record's row has beside its fields."""

from typing import ClassVar

from sqlalchemy import BigInteger, MetaData
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """Whatever has a table."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class RecordRow(Row):
    """What every record has beside its own fields; `came` keeps a kind in the order in which it came."""

    board_id: str = Field(foreign_key="board.id", ondelete="CASCADE", primary_key=True)
    id: str = Field(primary_key=True)
    came: int = Field(sa_type=BigInteger)
