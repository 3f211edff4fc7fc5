using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Organisations;

/// <summary>A studio: what its people and keys bring is one owner's.</summary>
[ImmutableObject(true)]
internal sealed record Organisation
{
    public static readonly DocumentSchema<Organisation> Schema = new DocumentSchema<Organisation>("organisations")
        .Field("name", o => o.Name)
        .Index("name");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>1..100 characters.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
