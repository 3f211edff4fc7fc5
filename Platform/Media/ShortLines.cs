using System.Runtime.CompilerServices;
using System.Text;

namespace FlickStream.Platform.Media;

/// <summary>The lines of a run's output. A hijacked ffmpeg may write one without end, which would be kept by whoever waits for its end.</summary>
public static class ShortLines
{
    /// <summary>Characters of a line that are kept.</summary>
    public const int Limit = 4096;

    public static async IAsyncEnumerable<string> ReadAsync(Stream output, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var reader = new StreamReader(output, Encoding.UTF8, leaveOpen: true);
        var line = new StringBuilder();
        var buffer = new char[Limit];
        while (await reader.ReadAsync(buffer, ct) is var count and > 0)
        {
            var rest = buffer.AsMemory(0, count);
            while (rest.Span.IndexOf('\n') is var cut and >= 0)
            {
                Keep(rest[..cut]);
                yield return line.ToString();
                line.Clear();
                rest = rest[(cut + 1)..];
            }

            Keep(rest);
        }

        if (line.Length > 0) yield return line.ToString();

        void Keep(ReadOnlyMemory<char> part) => line.Append(part.Span[..Math.Min(part.Length, Limit - line.Length)]);
    }
}
