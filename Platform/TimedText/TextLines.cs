namespace FlickStream.Platform.TimedText;

/// <summary>A file's lines, whatever ends them.</summary>
internal sealed class TextLines(string file)
{
    private int _at;

    /// <summary>The next line; null at the end.</summary>
    public string? Next()
    {
        if (_at >= file.Length) return null;
        var rest = file.AsSpan(_at);
        var length = rest.IndexOfAny('\r', '\n');
        var line = length < 0 ? rest : rest[..length];
        _at += length < 0 ? rest.Length : length + (rest[length..].StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);
        return line.ToString();
    }

    /// <summary>The lines up to the next empty one, joined by line feeds.</summary>
    public string RestOfBlock()
    {
        List<string> lines = [];
        while (Next() is { } line && !string.IsNullOrWhiteSpace(line)) lines.Add(line);
        return string.Join('\n', lines);
    }
}
