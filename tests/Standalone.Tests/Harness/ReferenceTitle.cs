using CliWrap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>The test master as ffmpeg's own HLS muxer packages it, on a static server: proves the harness without FlickStream.</summary>
internal sealed class ReferenceTitle : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-reference-");
    private WebApplication? _server;

    public string Hls { get; private set; } = "";

    /// <param name="pictureFilter">Applied to the picture before it is encoded; <c>null</c> does nothing to it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ReferenceTitle> MakeAsync(string pictureFilter, CancellationToken cancellationToken)
    {
        var title = new ReferenceTitle();
        var master = await TestMaster.MakeAsync(Path.Combine(title._folder.FullName, "master.mov"), seconds: 13, cancellationToken: cancellationToken);
        await Cli.Wrap("ffmpeg")
            .WithWorkingDirectory(title._folder.FullName)
            .WithArguments(
            [
                "-nostdin", "-v", "error", "-i", master.Path,
                "-filter_complex", $"[0:v]{pictureFilter},split[large][b];[b]scale=320:180[small]", "-map", "[large]", "-map", "[small]", "-map", "0:a",
                "-c:v", "libx264", "-preset", "ultrafast", "-g", "48", "-keyint_min", "48", "-sc_threshold", "0", "-b:v:0", "600k", "-b:v:1", "250k",
                "-c:a", "aac", "-f", "hls", "-hls_time", "6", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4",
                "-master_pl_name", "master.m3u8", "-var_stream_map", "a:0,agroup:sound,default:yes v:0,agroup:sound v:1,agroup:sound",
                "-hls_fmp4_init_filename", "init_%v.mp4", "-hls_segment_filename", "s_%v_%d.m4s", "p_%v.m3u8",
            ])
            .ExecuteAsync(cancellationToken);
        await title.ServeAsync(cancellationToken);
        return title;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".m4s"] = "video/mp4";
        types.Mappings[".m3u8"] = "application/vnd.apple.mpegurl";
        _server.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(_folder.FullName),
            ContentTypeProvider = types,
            OnPrepareResponse = file => file.Context.Response.Headers.AccessControlAllowOrigin = "*",
        });
        await _server.StartAsync(cancellationToken);
        Hls = $"{_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()}/master.m3u8";
    }
}
