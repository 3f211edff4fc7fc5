using System.Runtime.InteropServices;

namespace FlickStream.Platform.TimedText;

/// <summary>One service of CEA-708: what its windows show, and when. All that is seen at a time is one cue.</summary>
internal sealed class Cea708Service
{
    // Words that come later than this behind others are a cue of their own; shown alone for less those would flicker.
    private const long Pause = 1000;

    // What a decoder holds back while it is told to wait (CTA-708-E, 8.4.3).
    private const int InputBuffer = 128;

    private const byte AllWindows = 0xff;

    private readonly CaptionCues _cues = new();
    private readonly Cea708Window?[] _windows = new Cea708Window?[8];
    private readonly List<byte> _held = [];

    // The beginning of a code whose end the next block has.
    private readonly List<byte> _cut = [];
    private Cea708Window? _current;
    private long? _heldUntil;
    private long? _since;
    private long? _unsaidSince;
    private long _writtenAt;

    /// <summary>A window was made, so that somebody means to speak.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Milliseconds: what was to wait until then is done.</summary>
    public void Pass(long time)
    {
        while (_heldUntil is { } until && until <= time) Resume(until);
    }

    /// <param name="time">Milliseconds.</param>
    /// <param name="block">Codes.</param>
    public void Add(long time, ReadOnlySpan<byte> block)
    {
        if (_heldUntil is null)
        {
            Run(time, block);
            return;
        }

        _held.AddRange(block);
        if (_held.Count > InputBuffer || EndsDelay()) Resume(time);
    }

    /// <summary>Nothing is left of what was shown or was to be.</summary>
    public void Reset(long time)
    {
        Change(time, AllWindows, window => window.IsVisible, (i, _) => _windows[i] = null);
        (_current, _heldUntil) = (null, null);
        _held.Clear();
        _cut.Clear();
    }

    /// <param name="end">Of the last picture, milliseconds.</param>
    public IReadOnlyList<Cue> Finish(long end)
    {
        Close(end);
        return _cues.All;
    }

    private void Resume(long time)
    {
        byte[] bytes = [.. _held];
        _held.Clear();
        _heldUntil = null;
        Run(time, bytes);
    }

    private bool EndsDelay()
    {
        var held = CollectionsMarshal.AsSpan(_held);
        for (var at = 0; at < held.Length; at += Cea708Codes.LengthOf(held[at..]))
            if (held[at] is Cea708Codes.DelayCancel or Cea708Codes.Reset) return true;
        return false;
    }

    private void Run(long time, ReadOnlySpan<byte> bytes)
    {
        if (_cut.Count > 0)
        {
            bytes = (byte[])[.. _cut, .. bytes];
            _cut.Clear();
        }

        while (!bytes.IsEmpty)
        {
            var length = Cea708Codes.LengthOf(bytes);
            if (length > bytes.Length)
            {
                _cut.AddRange(bytes);
                return;
            }

            var code = bytes[..length];
            bytes = bytes[length..];
            if (code[0] == Cea708Codes.Delay)
            {
                _heldUntil = time + (100 * code[1]);
                _held.AddRange(bytes);
                return;
            }

            if (Cea708Codes.CharacterOf(code) is { } character) Write(time, character);
            else if (code[0] < 0x20) Control(time, code[0]);
            else Command(time, code);
        }
    }

    private void Write(long time, char character)
    {
        if (_current is not { } window) return;
        if (window.IsVisible && character != ' ') Begin(time);
        window.Write(character);
    }

    private void Control(long time, byte code)
    {
        if (_current is not { } window) return;
        switch (code)
        {
            case Cea708Codes.Backspace:
                window.Backspace();
                break;
            case Cea708Codes.FormFeed:
                Change(time, Only(window), w => w.IsVisible, (_, w) => w.Clear());
                window.MovePen(0, 0);
                break;
            case Cea708Codes.CarriageReturn:
                Turn(time, window.Return);
                break;
            case Cea708Codes.HorizontalReturn:
                Turn(time, window.ClearRow);
                break;
        }
    }

    private void Command(long time, ReadOnlySpan<byte> code)
    {
        switch (code[0])
        {
            case < Cea708Codes.Clear:
                _current = _windows[code[0] - Cea708Codes.SetCurrent] ?? _current;
                break;
            case Cea708Codes.Clear:
                Change(time, code[1], window => window.IsVisible, (_, window) => window.Clear());
                break;
            case Cea708Codes.Display:
                Change(time, code[1], window => !window.IsVisible, (_, window) => window.IsVisible = true);
                break;
            case Cea708Codes.Hide:
                Change(time, code[1], window => window.IsVisible, (_, window) => window.IsVisible = false);
                break;
            case Cea708Codes.Toggle:
                Change(time, code[1], _ => true, (_, window) => window.IsVisible = !window.IsVisible);
                break;
            case Cea708Codes.Delete:
                Change(time, code[1], window => window.IsVisible, (i, _) => _windows[i] = null);
                if (_current is not null && !_windows.Contains(_current)) _current = null;
                break;
            case Cea708Codes.Reset:
                Reset(time);
                break;
            case Cea708Codes.PenAttributes:
                _current?.SetPen(code[2]);
                break;
            case Cea708Codes.PenLocation:
                _current?.MovePen(code[1], code[2]);
                if (_current is { IsSeen: true, IsOnText: true }) Turn(time, () => { });
                break;
            case >= Cea708Codes.Define:
                Define(time, code[0] - Cea708Codes.Define, code[1..].ToArray());
                break;
        }
    }

    private void Define(long time, int number, byte[] parameters)
    {
        HasBegun = true;
        var isVisible = (parameters[0] & 0x20) != 0;
        _current = _windows[number] ??= new Cea708Window();
        _current.Define(parameters);
        Change(time, Only(_current), window => window.IsVisible != isVisible, (_, window) => window.IsVisible = isVisible);
    }

    private byte Only(Cea708Window window) => (byte)(1 << Array.IndexOf(_windows, window));

    /// <summary>Does something to windows, and ends the cue where it is seen.</summary>
    /// <param name="isChanged">Whether it is, of a window with words.</param>
    private void Change(long time, byte bitmap, Func<Cea708Window, bool> isChanged, Action<int, Cea708Window> change)
    {
        List<(int Number, Cea708Window Window)> meant =
            [.. _windows.Index().Where(w => w.Item is not null && ((bitmap >> w.Index) & 1) == 1).Select(w => (w.Index, w.Item!))];
        var isSeen = meant.Exists(w => w.Window.HasText && isChanged(w.Window));
        if (isSeen) Close(time);
        foreach (var (number, window) in meant) change(number, window);
        if (isSeen && _windows.Any(w => w is { IsSeen: true })) (_since, _writtenAt) = (time, time);
    }

    /// <summary>Makes room for new words, with which what stays becomes another cue.</summary>
    private void Turn(long time, Action change)
    {
        if (_current is not { IsSeen: true })
        {
            change();
            return;
        }

        Close(time);
        change();
        if (_windows.Any(w => w is { IsSeen: true })) _unsaidSince = time;
    }

    private void Begin(long time)
    {
        if (_since is not null && time - _writtenAt > Pause) Close(time);
        if (_since is null)
        {
            KeepUnsaid(time);
            _since = time;
        }

        _writtenAt = time;
    }

    private void Close(long time)
    {
        KeepUnsaid(time);
        if (_since is { } start) Say(start, time);
        _since = null;
    }

    private void KeepUnsaid(long time)
    {
        if (_unsaidSince is { } start && time - start > Pause) Say(start, time);
        _unsaidSince = null;
    }

    private void Say(long start, long end)
    {
        if (end <= start || _cues.IsFull) return;
        List<Cea708Window> seen = [.. _windows.OfType<Cea708Window>().Where(window => window.IsSeen).OrderBy(window => window.Top)];
        var text = new CueText();
        foreach (var window in seen) window.AddTo(text);
        if (text.ToString() is { Length: > 0 } words)
            _cues.Add(new Cue(start, end, words, seen.TrueForAll(window => window.IsAtTop) ? CuePlace.OfNumpad(8) : ""));
    }
}
