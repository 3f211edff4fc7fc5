namespace FlickStream.Portal.Bench;

/// <summary>Something that is asked for.</summary>
/// <param name="Name">Of it.</param>
/// <param name="Goal">The least share of the bare endpoint's requests a second.</param>
/// <param name="Requests">Whole, in HTTP/1.1.</param>
/// <param name="Status">Of every answer.</param>
internal sealed record Scene(string Name, double Goal, IReadOnlyList<string> Requests, int Status = 200)
{
    /// <summary>Milliseconds, at p99.</summary>
    public const int SlowestGoal = 50;

    /// <summary>What is said beside the goal where it is not reached; empty where it is.</summary>
    public string Missed(double share, double p99Milliseconds) => (share < Goal, p99Milliseconds > SlowestGoal) switch
    {
        (true, true) => "missed: share, 99 %",
        (true, false) => "missed: share",
        (false, true) => "missed: 99 %",
        _ => "",
    };

    public static string Get(string path, string? cookie = null) => Request("GET", path, cookie, null);

    public static string Post(string path, string body, string? cookie = null) => Request("POST", path, cookie, body);

    // What browsers send.
    private static string Request(string method, string path, string? cookie, string? body)
    {
        List<string> lines =
        [
            $"{method} {path} HTTP/1.1", "Host: localhost", "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Accept: application/json", "Accept-Language: en-US,en;q=0.5", "Accept-Encoding: gzip, deflate, br, zstd", "Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors",
            "Sec-Fetch-Site: same-origin", "X-FlickStream: 1",
        ];
        if (cookie is not null) lines.Add($"Cookie: {cookie}");
        if (body is not null) lines.AddRange(["Content-Type: application/json", FormattableString.Invariant($"Content-Length: {body.Length}")]);
        return string.Join("\r\n", [.. lines, "", body ?? ""]);
    }
}
