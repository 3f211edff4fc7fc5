using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CliWrap;
using CliWrap.Buffered;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <param name="End">Playable, or <c>refused</c> or <c>failed</c> with the code.</param>
/// <param name="Took">From the last byte sent to its end.</param>
/// <param name="Wrong">What should not have happened; null when all is as promised.</param>
internal sealed record Verdict(MutatedFile File, string End, TimeSpan Took, string? Wrong);

/// <summary>Gives one file to a FlickStream and sees what becomes of it.</summary>
/// <param name="client">Sends the administrator's key.</param>
/// <param name="limit">The longest that a file may take to its end.</param>
internal sealed partial class Trial(HttpClient client, TimeSpan limit)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    // A name is a studio's to choose, and means something to one program or another.
    private static readonly string[] Names = ["film", "%d", "-i", "../../etc/x", "concat:a|b", "film.m3u8", "$(touch x)", "<script>alert(1)</script>"];

    public async Task<Verdict> OfAsync(MutatedFile file, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        TimeSpan Took() => TimeProvider.System.GetElapsedTime(began);
        try
        {
            var id = await UploadAsync(file, cancellationToken);
            began = TimeProvider.System.GetTimestamp();
            var asset = await EndOfAsync(id, cancellationToken);
            var took = Took();
            if (asset.StateIs("ready")) return new Verdict(file, "playable", took, await ListenAndLookAsync(asset, id, cancellationToken));
            var problem = asset.TryGetProperty("problem", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
            var code = problem.ValueKind == JsonValueKind.Object ? problem.GetProperty("code").GetString() : null;
            var end = $"{asset.GetProperty("state").GetString()}: {code}";
            return new Verdict(file, end, took, code is null ? $"no code: {asset}" : await LeakOfAsync(asset, cancellationToken));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new Verdict(file, "wrong", Took(), $"{error.GetType().Name}: {error.Message}");
        }
    }

    private async Task<string> UploadAsync(MutatedFile file, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Content = new ByteArrayContent(file.Bytes) };
        var name = $"{Names[file.Number % Names.Length]} {file.Number}.{file.Container}";
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", $"{file.Bytes.Length}");
        request.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}");
        using var response = await client.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        return response.Headers.GetValues("FlickStream-Asset").Single();
    }

    private async Task<JsonElement> EndOfAsync(string id, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(limit);
        var asset = default(JsonElement);
        try
        {
            while (true)
            {
                asset = await client.AssetAsync(id, enough.Token);
                if (asset.StateIs("ready") || asset.StateIs("refused") || asset.StateIs("failed")) return asset;
                await Task.Delay(Look, TimeProvider.System, enough.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It has not ended after {limit}: {asset}");
        }
    }

    /// <summary>What is called playable plays, every rung and sound of it. A picture may be gone from a mutant, and then it is a title of sound.</summary>
    private async Task<string?> ListenAndLookAsync(JsonElement asset, string id, CancellationToken cancellationToken)
    {
        var hasPicture = asset.GetProperty("media").TryGetProperty("video", out var video) && video.ValueKind == JsonValueKind.Object;
        var grant = await client.GrantAsync(id, cancellationToken);
        var mpd = XDocument.Parse(await client.GetStringAsync(new Uri(grant.Dash), cancellationToken));
        if (mpd.Root?.Name.LocalName != "MPD") return "The DASH manifest is none.";
        var shown = await Cli.Wrap("ffmpeg")
            .WithArguments(["-nostdin", "-v", "error", "-threads", "1", "-i", grant.Hls, .. hasPicture ? ["-map", "0:v"] : Array.Empty<string>(), "-map", hasPicture ? "0:a?" : "0:a", "-f", "framecrc", "-"])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        if (shown.ExitCode != 0 || shown.StandardError.Length > 0) return $"A player says: {shown.StandardError}";
        return shown.StandardOutput.Split('\n').Any(line => line.StartsWith("0,", StringComparison.Ordinal)) ? null : "There is nothing to see or hear.";
    }

    /// <summary>Neither a path of the server nor a line of its program is anyone's business.</summary>
    private async Task<string?> LeakOfAsync(JsonElement asset, CancellationToken cancellationToken)
    {
        var problem = asset.GetProperty("problem").ToString();
        if (problem.Contains(FuzzedProduct.FolderPrefix, StringComparison.Ordinal)) return $"It tells where the server keeps it: {problem}";
        var log = asset.TryGetProperty("jobId", out var job) && job.GetString() is { } jobId
            ? await client.GetStringAsync(new Uri($"/api/jobs/{jobId}/log", UriKind.Relative), cancellationToken) : "";
        return Leak().Match(problem + log) is { Success: true } leak ? $"It tells {leak.Value}" : null;
    }

    [GeneratedRegex(@"   at \w+\.\w+|root:x:0|System\.\w+Exception")]
    private static partial Regex Leak();
}
