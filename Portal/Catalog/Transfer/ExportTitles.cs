using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;
using FlickStream.Platform.Http;
using FlickStream.Platform.Json;
using FlickStream.Portal.Catalog.Editing;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Transfer;

/// <summary>GET: all titles of an organisation as a file that can be imported, parents before what belongs to them.</summary>
internal static class ExportTitles
{
    /// <param name="format">jsonl or csv.</param>
    /// <param name="organisationId">For administrators: whose.</param>
    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> HandleAsync(
        TitleEditor editor, TitleStore titles, PersonStore people, TimeProvider time, HttpContext http, [OneOf("jsonl", "csv")] string format = "jsonl", string? organisationId = null)
    {
        var (owner, refusal) = await editor.OwnerAsync(organisationId, http);
        if (owner is null) return refusal!.ToResult();
        var stop = http.RequestAborted;
        return format switch
        {
            "jsonl" => TypedResults.Stream(to => WriteLinesAsync(RowsAsync(titles, people, owner, time, stop), to, stop), ImportTitles.JsonLinesType, "titles.jsonl"),
            "csv" => TypedResults.Stream(
                async to => await WriteCsvAsync(await LanguagesAsync(titles, owner, stop), RowsAsync(titles, people, owner, time, stop), to, stop),
                ImportTitles.CsvType, "titles.csv"),
            _ => TransferProblems.ExportFormatUnknown.ToResult(),
        };
    }

    private static async IAsyncEnumerable<TitleRow> RowsAsync(
        TitleStore titles, PersonStore people, string ownerId, TimeProvider time, [EnumeratorCancellation] CancellationToken stop)
    {
        var (externalIds, names) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, Person>(StringComparer.Ordinal));
        foreach (var kind in Kinds.All)
        {
            await foreach (var (id, _, title) in titles.AllAsync(ownerId, kind, stop))
            {
                externalIds[id] = title.Content.ExternalId!;
                var unknown = title.Content.People!.Select(credit => credit.PersonId!).Where(person => !names.ContainsKey(person)).Distinct().ToList();
                foreach (var (person, known) in await people.NamesAsync(unknown, stop)) names[person] = known;
                yield return TitleRow.Of(
                    title, title.Content.ParentId is { } parent ? externalIds.GetValueOrDefault(parent) : null,
                    [
                        .. from credit in title.Content.People where names.ContainsKey(credit.PersonId!)
                           let person = names[credit.PersonId!]
                           select new RowCredit(person.Name, credit.Role, credit.Character, person.Note is "" ? null : person.Note),
                    ],
                    time.GetUtcNow());
            }
        }
    }

    private static async Task<IReadOnlyCollection<string>> LanguagesAsync(TitleStore titles, string ownerId, CancellationToken stop)
    {
        var languages = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var kind in Kinds.All)
            await foreach (var title in titles.AllAsync(ownerId, kind, stop)) languages.UnionWith(title.Value.Content.Texts!.Keys);
        return languages;
    }

    private static async Task WriteLinesAsync(IAsyncEnumerable<TitleRow> rows, Stream to, CancellationToken stop)
    {
        await foreach (var row in rows.WithCancellation(stop))
            // With what the title has not, so that it is taken away where the file is imported over a later state.
            await to.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(row, PlatformJson.Options), (byte)'\n'], stop);
    }

    private static async Task WriteCsvAsync(IEnumerable<string> languages, IAsyncEnumerable<TitleRow> rows, Stream to, CancellationToken stop)
    {
        await using var writer = CsvWriter.Create(to, null, leaveOpen: true);
        var header = CsvColumns.Header(languages);
        await writer.WriteRecordAsync(header, stop);
        await foreach (var row in rows.WithCancellation(stop)) await writer.WriteRecordAsync(CsvColumns.Cells(row, header), stop);
    }
}
