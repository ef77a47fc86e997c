//! Reading columns into the types of the field.

use std::error::Error;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::now::parse_stamp;

/// A column that holds the text of a type.
pub(super) fn parsed<T>(row: &SqliteRow, column: &str) -> sqlx::Result<T>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text: String = row.try_get(column)?;
    text.parse().map_err(|error| broken(column, error))
}

/// Such a column, where it may be empty.
pub(super) fn parsed_or_none<T>(row: &SqliteRow, column: &str) -> sqlx::Result<Option<T>>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| text.parse().map_err(|error| broken(column, error))).transpose()
}

/// A column that holds an instant.
pub(super) fn instant(row: &SqliteRow, column: &str) -> sqlx::Result<DateTime<Utc>> {
    let text: String = row.try_get(column)?;
    parse_stamp(&text).map_err(|error| broken(column, error))
}

/// Such a column, where it may be empty.
pub(super) fn instant_or_none(row: &SqliteRow, column: &str) -> sqlx::Result<Option<DateTime<Utc>>> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| parse_stamp(&text).map_err(|error| broken(column, error))).transpose()
}

/// A column that holds JSON.
pub(super) fn json<T: serde::de::DeserializeOwned>(row: &SqliteRow, column: &str) -> sqlx::Result<T> {
    let text: String = row.try_get(column)?;
    serde_json::from_str(&text).map_err(|error| broken(column, error))
}

/// Text of a value that always can be written as JSON.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our own types have string keys only")
}

fn broken(column: &str, error: impl Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: Box::new(error) }
}
