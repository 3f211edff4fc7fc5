using System.Net;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>A body that sends its first bytes and then waits to be told to send the rest.</summary>
internal sealed class SlowBody(byte[] bytes, int first) : HttpContent
{
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => _goOn.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(bytes.AsMemory(0, first));
        await stream.FlushAsync();
        await _goOn.Task;
        await stream.WriteAsync(bytes.AsMemory(first));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
