using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Migrations;

/// <summary>Newest first.</summary>
internal static class ListMigrations
{
    internal sealed record Page(IReadOnlyList<MigrationView> Items, string? Next);

    public static async Task<Page> Handle(IDocuments documents, CancellationToken cancellationToken, string? after = null)
    {
        var page = await documents.Set(Migration.Schema).QueryAsync(
            new DocumentQuery { Sort = [new DocumentSort("created", Descending: true)], Limit = 50, After = after }, cancellationToken);
        return new Page([.. page.Items.Select(item => MigrationView.Of(item.Value))], page.Next);
    }
}
