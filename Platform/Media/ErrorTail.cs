using System.Text;
using System.Text.RegularExpressions;

namespace FlickStream.Platform.Media;

/// <summary>The last lines a process wrote to its standard error, fit to be shown: no path of this machine, no control characters.</summary>
internal sealed partial class ErrorTail(int limit = ErrorTail.Usual)
{
    /// <summary>Bytes.</summary>
    public const int Usual = 8 * 1024;

    private readonly byte[] _last = new byte[2 * limit];
    private int _length;
    private bool _cut;

    public async Task FillAsync(Stream errors)
    {
        while (await errors.ReadAsync(_last.AsMemory(_length)) is var read and > 0)
        {
            _length += read;
            if (_length < _last.Length) continue;
            _last.AsSpan(limit).CopyTo(_last);
            (_length, _cut) = (limit, true);
        }
    }

    /// <param name="known">Paths that were given to the process; they may hold spaces, which the general rule cannot see.</param>
    public string Text(IEnumerable<string> known)
    {
        var text = Encoding.UTF8.GetString(_last, 0, _length);
        var start = Math.Max(0, text.Length - limit);
        if (start > 0 || _cut) start = text.IndexOf('\n', start) + 1;
        var tail = new StringBuilder(text, start, text.Length - start, text.Length + 1);
        foreach (var path in known) tail.Replace(path, Path.GetFileName(path));
        return Controls().Replace(Folders().Replace(tail.ToString(), ""), "?").Trim();
    }

    // The folders of an absolute path, but not the host and path of an address such as http://host/path.
    [GeneratedRegex(@"(?<![\w/.])/(?!/)(?:[^/\s:'""]+/)+", RegexOptions.CultureInvariant)]
    private static partial Regex Folders();

    [GeneratedRegex(@"[\p{Cc}-[\n\t]]", RegexOptions.CultureInvariant)]
    private static partial Regex Controls();
}
