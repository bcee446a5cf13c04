//! The `SQLite` file: schema, migrations, and every statement that reads or writes it.
