//! How a table's schema is told in Parquet: types, encodings, and metadata.

use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Encoding, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::schema::types::{ColumnPath, Type, TypePtr};
use tripath_model::observe::{Column, ColumnType, TableSchema};

use crate::data_package::resource;
use crate::format::TableFormat;

/// Key of the file's metadata under which the table's description stands: its resource of the data package as JSON.
pub(super) const DESCRIPTION_KEY: &str = "datapackage.resource";

/// Schema and properties of a table's file.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) schema: TypePtr,
    /// For the table: with its description.
    pub(super) properties: WriterPropertiesPtr,
    /// For its parts.
    pub(super) part_properties: WriterPropertiesPtr,
    /// For the rows of an open group in a checkpoint.
    pub(super) open_properties: WriterPropertiesPtr,
}

impl Layout {
    pub(super) fn of(schema: &TableSchema) -> Result<Self, ParquetError> {
        let fields = schema.columns.iter().map(field).collect::<Result<_, _>>()?;
        let root = Type::group_type_builder(schema.name).with_fields(fields).build()?;
        let description = KeyValue::new(DESCRIPTION_KEY.to_owned(), resource(schema, TableFormat::Parquet).to_string());
        Ok(Self {
            schema: Arc::new(root),
            properties: Arc::new(properties(schema, Some(vec![description]))?),
            part_properties: Arc::new(properties(schema, None)?),
            open_properties: Arc::new(plain_properties()),
        })
    }
}

/// Every column may have gaps, as in CSV.
fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let physical = match column.kind {
        ColumnType::Integer => Physical::INT64,
        ColumnType::Real => Physical::DOUBLE,
        ColumnType::Text => Physical::BYTE_ARRAY,
        ColumnType::Flag => Physical::BOOLEAN,
    };
    let mut builder = Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL);
    if column.kind == ColumnType::Text {
        builder = builder.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8);
    }
    builder.build().map(Arc::new)
}

/// Rows in a checkpoint are encoded again when their group is full: they are written as they are, in a tenth of the time.
fn plain_properties() -> WriterProperties {
    WriterProperties::builder()
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(None)
        .set_dictionary_enabled(false)
        .build()
}

/// Words repeat, so they go through a dictionary; whole numbers are mostly ticks and ascending ids, so their differences are
/// stored; the bytes of reals are stored apart, since signs and exponents repeat and the last digits do not.
/// Statistics are kept for each group, so that readers can skip by tick.
fn properties(schema: &TableSchema, metadata: Option<Vec<KeyValue>>) -> Result<WriterProperties, ParquetError> {
    let mut builder = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(None)
        .set_key_value_metadata(metadata)
        .set_dictionary_enabled(false);
    for column in schema.columns {
        let path = ColumnPath::from(column.name);
        builder = match column.kind {
            ColumnType::Integer => builder.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
            ColumnType::Real => builder.set_column_encoding(path, Encoding::BYTE_STREAM_SPLIT),
            ColumnType::Text => builder.set_column_dictionary_enabled(path, true),
            ColumnType::Flag => builder,
        };
    }
    Ok(builder.build())
}
