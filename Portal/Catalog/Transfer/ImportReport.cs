namespace FlickStream.Portal.Catalog.Transfer;

/// <param name="DryRun">Nothing was written.</param>
/// <param name="Rows">Read, but for empty lines.</param>
/// <param name="Created">New titles.</param>
/// <param name="Changed">Titles that were there and are other now.</param>
/// <param name="Unchanged">Titles that were as their rows say.</param>
/// <param name="Refused">As many as there are problems.</param>
/// <param name="Problems">By line.</param>
internal sealed record ImportReport(
    bool DryRun, int Rows, int Created, int Changed, int Unchanged, int Refused, IReadOnlyList<RowProblem> Problems);

/// <param name="Line">1 for the first of the file; of CSV, the header is the first.</param>
/// <param name="Code">Stable.</param>
/// <param name="Sentence">What is wrong and what to do.</param>
internal sealed record RowProblem(long Line, string? ExternalId, string Code, string Sentence, string? Detail);

internal enum RowOutcome
{
    Created,
    Changed,
    Unchanged,
}
