using Microsoft.Data.Sqlite;
using MongoDB.Driver;
using SQLitePCL;

namespace FlickStream.Platform.Documents;

internal static class DocumentFaults
{
    /// <summary>Whether there is no room on the disk of the documents.</summary>
    public static bool IsFull(Exception fault) => fault is SqliteException { SqliteErrorCode: raw.SQLITE_FULL };

    /// <summary>Whether the documents cannot be reached for now, so that the same call may well succeed a little later.</summary>
    public static bool IsPassing(Exception fault) => fault switch
    {
        // Others hold the file longer than is waited for, or it is being mended after one of them was killed.
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL } => true,
        MongoConnectionException or MongoNotPrimaryException or MongoNodeIsRecoveringException or MongoExecutionTimeoutException
            or MongoConnectionPoolPausedException or MongoWaitQueueFullException => true,
        // No server could be chosen in time; the driver has no exception of its own for that.
        TimeoutException { Source: "MongoDB.Driver" } => true,
        _ => false,
    };
}
