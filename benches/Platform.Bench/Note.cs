using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Bench;

/// <summary>As large as a step of an encoding job, with an index as such documents have.</summary>
internal sealed record Note(string State, long Rank, string Text)
{
    public static readonly DocumentSchema<Note> Schema = new DocumentSchema<Note>("notes")
        .Field("state", note => note.State)
        .Field("rank", note => note.Rank)
        .Index("state", "rank");

    public static DocumentQuery Newest { get; } =
        new() { Filters = [DocumentFilter.Equal("state", "ready")], Sort = [new("rank", Descending: true)], Limit = 20 };

    public static Note Of(int rank) => new("ready", rank, new string('x', 1000));
}
