using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Reviews.Words;

/// <summary>The one list of an installation.</summary>
[ImmutableObject(true)]
internal sealed record ForbiddenWords
{
    public const string Id = "words";

    public static readonly DocumentSchema<ForbiddenWords> Schema = new("review_words");

    public static readonly ForbiddenWords None = new() { Words = [], Revision = 0 };

    /// <summary>Words and phrases of any languages.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>One more with every change; 0 of a list that nobody made.</summary>
    public required long Revision { get; init; }
}
