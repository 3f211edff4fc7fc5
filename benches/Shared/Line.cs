using System.Numerics;

namespace FlickStream.Shared.Bench;

/// <summary>One of a plain file.</summary>
/// <param name="Number">1 for the first of the file.</param>
/// <param name="Text">Without blanks at its ends: who edits on Windows ends lines otherwise.</param>
internal sealed record Line(string File, int Number, string Text)
{
    /// <summary>Those that are not empty. A mark with which some editors begin a file is read as none.</summary>
    public static IEnumerable<Line> Of(string file) =>
        System.IO.File.ReadLines(file).Select((text, at) => new Line(file, at + 1, text.Trim())).Where(line => line.Text.Length > 0);

    /// <summary>By the id with which each line begins, in the order of the file.</summary>
    /// <exception cref="FormatException">An id comes twice.</exception>
    public static OrderedDictionary<string, T> Once<T>(string file, Func<Line, (string Id, T Value)> read)
    {
        var (values, lines) = (new OrderedDictionary<string, T>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var line in Of(file))
        {
            var (id, value) = read(line);
            if (!values.TryAdd(id, value)) throw line.Fault($"{id} is in line {lines[id]} already.");
            lines[id] = line.Number;
        }

        return values;
    }

    /// <summary>The message begins with file and line.</summary>
    public FormatException Fault(string why) => new($"{File}:{Number}: {why}");

    /// <param name="name">Of what wants the number.</param>
    /// <exception cref="FormatException">It is none, or less.</exception>
    public T ReadNumber<T>(string name, string text, T? least = null)
        where T : struct, INumber<T> => Numbers.Parse(name, text, least, null, Fault);
}
