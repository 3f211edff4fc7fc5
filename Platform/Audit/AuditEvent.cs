using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Json;

namespace FlickStream.Platform.Audit;

/// <summary>That somebody used a privilege. Events are only ever added, and each holds the hash of the one before, so that one that is changed
/// or taken away breaks the chain.</summary>
[ImmutableObject(true)]
public sealed record AuditEvent
{
    public static readonly DocumentSchema<AuditEvent> Schema = new DocumentSchema<AuditEvent>("audit_events")
        .Field("number", e => e.Number)
        .Field("subject", e => e.Subject)
        .Field("actor", e => e.Actor)
        .Field("action", e => e.Action)
        .Field("at", e => e.At)
        .Index("number")
        .Index("at")
        .Index("subject", "at")
        .Index("actor", "at")
        .Index("action", "at");

    /// <summary>Of one moment by their ids, which are their numbers. So that one index answers for a time, with whom or what it was.</summary>
    public static readonly IReadOnlyList<DocumentSort> Latest = [new("at", Descending: true)];

    /// <summary>1, 2, 3, …</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who: <c>account:ID</c> or <c>key:ID</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What, such as <c>role_changed</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To whom or what, such as <c>account:ID</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What is particular, without secrets.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The <see cref="Hash"/> of the event before; empty for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>Lower-case hex SHA-256 of the event without this field, in JSON.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Ids sort as numbers do.</summary>
    public static string IdOf(long number) => number.ToString("d16", CultureInfo.InvariantCulture);

    public AuditEvent Sealed() => this with { Hash = HashOf() };

    public bool Follows(AuditEvent? before) =>
        Number == (before?.Number ?? 0) + 1 && Previous == (before?.Hash ?? "") && Hash == HashOf();

    private string HashOf() =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Hash = "" }, PlatformJson.Options)));
}
