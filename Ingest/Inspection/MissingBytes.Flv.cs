using System.Buffers.Binary;

namespace FlickStream.Ingest.Inspection;

/// <content>FLV.</content>
internal static partial class MissingBytes
{
    // The first tag may be a script that says the size of the whole file as AMF's number, 0 where its writer could not go back to fill it
    // in. The duration beside it tells nothing: recorders of live streams keep what the sender said.
    private static string? InFlv(Stream file)
    {
        const int MaxScript = 64 * 1024;
        var script = Read(file, 0, MaxScript);
        var at = script.AsSpan().IndexOf("\0\bfilesize\0"u8);
        if (at < 0 || at + 19 > script.Length || script.AsSpan().IndexOf("onMetaData"u8) is not (>= 0 and var data) || data > at) return null;
        var size = BinaryPrimitives.ReadDoubleBigEndian(script.AsSpan(at + 11));
        return size is > 0 and < long.MaxValue ? Missing((long)size, file.Length) : null;
    }
}
