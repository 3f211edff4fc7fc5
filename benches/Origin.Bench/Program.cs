using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using FlickStream.Origin;
using FlickStream.Origin.Bench;
using FlickStream.Platform;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;

// The first argument is the seconds of each measurement, 3 unless told. Every figure is the median of three rounds in which the origin and
// nginx take turns, because the machine's own speed drifts.
const int Rounds = 3;
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
var folder = Directory.CreateTempSubdirectory("bench-origin-").FullName;
try
{
    var builder = WebApplication.CreateBuilder();
    builder.Configuration["Platform:DataFolder"] = Path.Combine(folder, "data");
    builder.Configuration["Origin:GrantsPerMinute"] = "10000000"; // One key asks for all of them.
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.AddPlatform(PlatformHosting.Standalone);
    builder.AddOrigin();

    // What a key costs to check is not the origin's to measure.
    builder.Services.AddAuthorization(o => o.AddPolicy("playback", p => p.RequireAuthenticatedUser()));
    await using var app = builder.Build();
    app.Use(next => context =>
    {
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "bench")], "bench"));
        return next(context);
    });
    app.UseRouting();
    app.UseAuthorization();
    app.MapOrigin();
    await Title.PutAsync(app.Services.GetRequiredService<IDocuments>(), app.Services.GetRequiredService<IBlobs>(), TimeProvider.System);
    await app.StartAsync();
    var origin = app.Urls.First();

    using var client = new HttpClient();
    using var granted = await client.PostAsJsonAsync($"{origin}/api/playback", new { assetId = Title.AssetId });
    var play = new Uri(new Uri((string)(await granted.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["hls"]!), ".").AbsoluteUri;

    string[] names = ["master.m3u8", "v540/media.m3u8", Title.Segment];
    foreach (var name in names)
    {
        var file = Path.Combine(folder, "www", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, await client.GetByteArrayAsync(play + name));
    }

    await using var nginx = await Nginx.StartAsync(folder);
    Console.WriteLine($"{"",-18}{"bytes",10}{"origin/s",12}{"nginx/s",12}{"ratio",8}   goal");
    foreach (var name in names)
    {
        var isSegment = name == Title.Segment;
        // Long enough for the runtime to have compiled the hot path for good.
        await Wrk.RunAsync(play + name, 4);
        await Wrk.RunAsync(nginx.Url(name), 1);
        List<(double Ours, double Theirs)> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            var ours = await Wrk.RunAsync(play + name, seconds);
            var theirs = await Wrk.RunAsync(nginx.Url(name), seconds);
            rounds.Add(isSegment ? (ours.Bytes / 1e6, theirs.Bytes / 1e6) : (ours.Requests, theirs.Requests));
        }

        var (us, them) = rounds.OrderBy(r => r.Ours / r.Theirs).ElementAt(Rounds / 2);
        var size = new FileInfo(Path.Combine(folder, "www", name)).Length;
        Console.WriteLine($"{name,-18}{size,10}{us,12:0}{them,12:0}{us / them,8:0.00}   {(isSegment ? "0.60 (MB/s)" : "0.80 (requests)")}");
    }

    var body = $$"""{"assetId":"{{Title.AssetId}}","viewer":"v"}""";
    var request = $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '{body}'\n";
    await Wrk.RunAsync($"{origin}/api/playback", 1, request);
    Console.WriteLine($"{"grants",-18}{"",10}{(await Wrk.RunAsync($"{origin}/api/playback", seconds, request)).Requests,12:0}");
    await app.StopAsync();
}
finally
{
    Directory.Delete(folder, recursive: true);
}
