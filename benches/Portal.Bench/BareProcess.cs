namespace FlickStream.Portal.Bench;

/// <summary>Kestrel with one endpoint and nothing else, which answers whatever is asked with the bytes it was last given.</summary>
internal static class BareProcess
{
    public const string AnswerPath = "/answer";

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var (status, body) = (200, Array.Empty<byte>());
        app.Run(async http =>
        {
            if (http.Request.Path != AnswerPath)
            {
                http.Response.StatusCode = status;
                if (body.Length == 0) return;
                http.Response.ContentType = "application/json; charset=utf-8";
                http.Response.ContentLength = body.Length;
                await http.Response.BodyWriter.WriteAsync(body);
                return;
            }

            using var given = new MemoryStream();
            await http.Request.Body.CopyToAsync(given);
            (status, body) = (given.Length == 0 ? 204 : 200, given.ToArray());
        });
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);
        await app.WaitForShutdownAsync();
        return 0;
    }
}
