using FlickStream.Platform.Audit;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Sqlite;

namespace FlickStream.Platform.Tests.Audit;

public sealed class AuditIndexTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The log is never cut, so that walking it costs more every year.</summary>
    [Theory]
    [InlineData(null, "ix_audit_events__at")]
    [InlineData("subject", "ix_audit_events__subject__at")]
    [InlineData("actor", "ix_audit_events__actor__at")]
    [InlineData("action", "ix_audit_events__action__at")]
    public async Task Events_of_a_time_are_read_from_an_index_whatever_else_is_asked(string? field, string index)
    {
        using var folder = new TempFolder();
        await using var documents = new SqliteDocuments(folder.In("documents.sqlite"));
        var events = (SqliteDocumentSet<AuditEvent>)documents.Set(AuditEvent.Schema);
        await events.CountAsync([], Ct);
        var now = DateTimeOffset.UnixEpoch;
        DocumentFilter[] filters =
        [
            .. field is null ? [] : (DocumentFilter[])[DocumentFilter.Equal(field, "x")], DocumentFilter.AtLeast("at", now), DocumentFilter.Below("at", now.AddDays(1)),
        ];
        foreach (var (sql, values) in events.Plan(new() { Filters = filters, Sort = AuditEvent.Latest }))
        {
            var plan = await documents.Database.WriteAsync(session => Explain(session, sql, values), Ct);
            Assert.Contains($"{index} (", plan);
            Assert.DoesNotContain("TEMP B-TREE", plan);
        }
    }

    private static string Explain(SqliteSession session, string sql, object?[] values)
    {
        using var reader = session.Read($"EXPLAIN QUERY PLAN {sql}", values);
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }
}
