namespace FlickStream.Portal.Bench;

/// <param name="Port">On this machine.</param>
/// <param name="Connections">That ask side by side, each again when it is answered.</param>
/// <param name="Seconds">How long is measured, once this process has asked for <see cref="StartSeconds"/>: until then it is compiled, beside the server.</param>
/// <param name="First">Of the requests, which are gone through in a ring.</param>
/// <param name="Status">That every answer has.</param>
/// <param name="Requests">Whole, in HTTP/1.1.</param>
internal sealed record LoadPlan(int Port, int Connections, double Seconds, int First, int Status, IReadOnlyList<string> Requests)
{
    public const double StartSeconds = 1;
}

/// <param name="Answered">Requests, those of the start too.</param>
/// <param name="Requests">That were answered while it was measured.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="MedianMilliseconds">Until half of the requests were answered.</param>
/// <param name="P99Milliseconds">Until 99 of 100 were.</param>
/// <param name="Failed">The first answer of another status; null where there was none.</param>
internal sealed record LoadReport(int Answered, int Requests, double Seconds, double MedianMilliseconds, double P99Milliseconds, string? Failed);
