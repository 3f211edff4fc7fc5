using FlickStream.Platform.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Ingest.Tests;

/// <summary>A disk with so many bytes left: the append that needs more writes what fits and fails.</summary>
internal sealed class FullDisk(IBlobs inner) : IBlobs
{
    public long BytesLeft { get; set; } = long.MaxValue;

    public async Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken = default)
    {
        using var fits = new MemoryStream();
        var buffer = new byte[4096];
        while (await content.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            BytesLeft -= read;
            if (BytesLeft >= 0) fits.Write(buffer, 0, read);
            else
            {
                fits.Position = 0;
                await inner.AppendAsync(partial, fits, cancellationToken);
                throw new BlobStorageFullException();
            }
        }

        fits.Position = 0;
        return await inner.AppendAsync(partial, fits, cancellationToken);
    }

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken = default) => inner.FindAsync(key, cancellationToken);

    public Task<Stream?> OpenReadAsync(string key, ByteRange? range = null, CancellationToken cancellationToken = default) =>
        inner.OpenReadAsync(key, range, cancellationToken);

    public Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(key, content, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(prefix, cancellationToken);

    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) => inner.DeleteAsync(key, cancellationToken);

    public string? LocalPath(string key) => inner.LocalPath(key);

    public Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken = default) =>
        inner.BeginAsync(key, cancellationToken);

    public Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken = default) =>
        inner.CompleteAsync(partial, cancellationToken);

    public Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken = default) =>
        inner.AbortAsync(partial, cancellationToken);

    public IAsyncEnumerable<AbandonedBlob> ListPartialsAsync(CancellationToken cancellationToken = default) =>
        inner.ListPartialsAsync(cancellationToken);
}

internal static class DecoratingExtensions
{
    /// <summary>Puts <paramref name="wrap"/> around the last registration of a singleton.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Last(s => s.ServiceType == typeof(T));
        services.AddSingleton(provider => wrap((T)(inner.ImplementationInstance
            ?? inner.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}
