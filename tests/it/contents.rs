//! Everything a database says, as text, to see whether something has changed it.

use std::collections::BTreeMap;

use duban::store::Store;
use sqlx::AssertSqlSafe;

/// Every row of every table.
pub async fn contents(store: &Store) -> BTreeMap<String, Vec<String>> {
    let mut conn = store.read().await.expect("a reader");
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select m.name, group_concat('quote(' || c.name || ')', '|| '', '' ||') from sqlite_schema m, pragma_table_info(m.name) c
         where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '\\_sqlx%' escape '\\' group by m.name",
    )
    .fetch_all(&mut *conn)
    .await
    .expect("the tables");
    let mut found = BTreeMap::new();
    for (table, columns) in tables {
        let all = format!("select {columns} as line from {table} order by line");
        let rows: Vec<(String,)> =
            sqlx::query_as(AssertSqlSafe(all)).fetch_all(&mut *conn).await.expect("the rows");
        found.insert(table, rows.into_iter().map(|(line,)| line).collect());
    }
    found
}
