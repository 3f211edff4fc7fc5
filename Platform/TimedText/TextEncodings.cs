using System.Text;

namespace FlickStream.Platform.TimedText;

/// <summary>Text files do not say what their bytes mean, unless they begin with a byte order mark or are right UTF-8.</summary>
public static class TextEncodings
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What Windows-1252 leaves undefined, and control characters that no text has.
    private static readonly byte[] Impossible =
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0b, 0x0e, 0x0f, .. Enumerable.Range(0x10, 0x10).Select(b => (byte)b), 0x7f, 0x81, 0x8d, 0x8f, 0x90, 0x9d];

    /// <summary>The text and the encoding's name; null when nothing fits.</summary>
    public static (string Text, string Encoding)? Decode(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Encoding.Unicode.Preamble)) return (Encoding.Unicode.GetString(file[2..]), "utf-16");
        if (file.StartsWith(Encoding.BigEndianUnicode.Preamble)) return (Encoding.BigEndianUnicode.GetString(file[2..]), "utf-16");
        if (file.StartsWith(Encoding.UTF8.Preamble)) file = file[3..];
        // UTF-16 without its mark would pass: every other byte of it is 0.
        if (file.Contains((byte)0)) return null;
        try
        {
            return (Utf8.GetString(file), "utf-8");
        }
        catch (DecoderFallbackException)
        {
            return file.ContainsAny(Impossible) ? null : (CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(file), "windows-1252");
        }
    }
}
