using System.ComponentModel.DataAnnotations;

namespace FlickStream.Portal.Audit;

/// <summary>Section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    /// <summary>Events that one request for the check of the chain looks at.</summary>
    [Range(1, 100_000)]
    public int CheckedAtOnce { get; init; } = 5000;
}
