using FlickStream.Platform;
using FlickStream.Platform.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests;

/// <summary>Documents alone, in memory where there is a folder of it: what is tested with them is no disk.</summary>
internal sealed class TestDocuments : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = new(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"flickstream-documents-{Guid.NewGuid():n}"));
    private readonly WebApplication _platform;

    public TestDocuments()
    {
        _folder.Create();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _folder.FullName)]);
        builder.AddPlatform(PlatformHosting.Standalone);
        _platform = builder.Build();
        Documents = _platform.Services.GetRequiredService<IDocuments>();
    }

    public IDocuments Documents { get; }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
