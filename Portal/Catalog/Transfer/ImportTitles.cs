using FlickStream.Platform.Access;
using FlickStream.Portal.Catalog.Editing;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Catalog.Transfer;

/// <summary>POST: titles of a file, by their external ids; the good rows are taken whatever the others hold.</summary>
internal static class ImportTitles
{
    public const string JsonLinesType = "application/x-ndjson";
    public const string CsvType = "text/csv";

    /// <param name="dryRun">Tells what would be done and does nothing.</param>
    /// <param name="organisationId">For administrators: whose they shall be.</param>
    public static async Task<Results<Ok<ImportReport>, ProblemHttpResult>> HandleAsync(
        TitleEditor editor, TitleStore titles, TitleLinks links, PersonStore people, IOptions<CatalogOptions> options, TimeProvider time, HttpContext http,
        bool dryRun = false, string? organisationId = null)
    {
        var (owner, refusal) = await editor.OwnerAsync(organisationId, http);
        if (owner is null) return refusal!.ToResult();
        var type = http.Request.GetTypedHeaders().ContentType?.MediaType.Value;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = options.Value.ImportBytes;
        var rows = type switch
        {
            JsonLinesType => JsonLines.ReadAsync(http.Request.BodyReader, http.RequestAborted),
            CsvType => CsvLines.ReadAsync(http.Request.Body, http.RequestAborted),
            _ => null,
        };
        if (rows is null) return TransferProblems.FormatUnknown.ToResult();
        var import = new TitleImport(
            titles, links, new ImportPeople(people, owner, dryRun), owner, dryRun, Caller.Of(http).IsAdmin, options.Value.ImportRows, time);
        return TypedResults.Ok(await import.RunAsync(rows, http.RequestAborted));
    }
}
