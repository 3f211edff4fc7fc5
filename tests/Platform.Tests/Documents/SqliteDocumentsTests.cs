using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Sqlite;

namespace FlickStream.Platform.Tests.Documents;

public sealed class SqliteDocumentsTests : DocumentsContract, IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDocuments _documents;

    public SqliteDocumentsTests() => _documents = new SqliteDocuments(_folder.In("documents.sqlite"));

    protected override IDocuments Documents => _documents;

    public async ValueTask DisposeAsync()
    {
        await _documents.DisposeAsync();
        _folder.Dispose();
    }
}
