using System.Text;

namespace FlickStream.Transcoder.Tests.Packaging;

/// <summary>Damages real files at chosen places.</summary>
internal static class Mp4Edit
{
    /// <summary>Offset of the <paramref name="number"/>th (from 0) box of a type.</summary>
    public static int Find(byte[] media, string type, int number)
    {
        var pattern = Encoding.ASCII.GetBytes(type);
        var at = 0;
        for (var i = 0; i <= number; i++)
        {
            var next = media.AsSpan(at).IndexOf(pattern);
            Assert.True(next >= 0, $"There are {i} boxes {type}.");
            at += next + 4;
        }

        return at - 8;
    }

    public static byte[] With(byte[] media, int offset, params byte[] bytes)
    {
        var changed = (byte[])media.Clone();
        bytes.CopyTo(changed, offset);
        return changed;
    }
}
