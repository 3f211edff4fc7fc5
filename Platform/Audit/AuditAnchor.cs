using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Audit;

/// <summary>Where the chain of events ends, kept beside it: events that are taken from its end leave a chain that is whole in itself. There is one.</summary>
/// <param name="Sealed">An <see cref="AuditTail"/> in JSON, sealed: who can write documents and has no sealing keys makes none.</param>
[ImmutableObject(true)]
public sealed record AuditAnchor(byte[] Sealed)
{
    public const string Id = "newest";

    public static readonly DocumentSchema<AuditAnchor> Schema = new("audit_anchors");
}

/// <param name="Number">Of the newest event.</param>
/// <param name="Hash">Of it.</param>
/// <param name="Since">From this event on it was kept without being made anew.</param>
public sealed record AuditTail(long Number, string Hash, long Since);
