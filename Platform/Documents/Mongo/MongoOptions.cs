using System.ComponentModel.DataAnnotations;

namespace FlickStream.Platform.Documents.Mongo;

/// <summary>Section <c>Platform:Mongo</c>: read where <c>Platform:Documents</c> is <c>Mongo</c>.</summary>
public sealed class MongoOptions
{
    /// <summary>Which servers and as whom, <c>mongodb://…</c> or <c>mongodb+srv://…</c>. What it says about concerns, retries and the times
    /// below gives way to what the documents need. It may hold a password: it is never logged.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The database that holds all collections; 1..63 letters, digits, - and _.</summary>
    [Required, RegularExpression("^[A-Za-z0-9_-]{1,63}$")]
    public string Database { get; set; } = "flickstream";

    /// <summary>How long a call waits for a server that takes writes, and for a connection to it. An election takes about
    /// 10 s, so a shorter time lets calls fail during one.</summary>
    [TimeRange("00:00:00.5", "00:05:00")]
    public TimeSpan ServerWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one command may take, with a majority's acknowledgement of what it wrote. The driver sends
    /// a command whose connection broke once more, so a call may take twice this, and <see cref="ServerWait"/> besides.</summary>
    [TimeRange("00:00:00.5", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long making the indexes of one collection may take, at the first start of a release that declares new ones. The
    /// server needs about a minute for some millions of documents.</summary>
    [TimeRange("00:00:10", "1.00:00:00")]
    public TimeSpan IndexTimeout { get; set; } = TimeSpan.FromMinutes(30);
}
