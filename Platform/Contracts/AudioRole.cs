namespace FlickStream.Platform.Contracts;

/// <summary>What a sound track is for.</summary>
public enum AudioRole
{
    /// <summary>The programme's own sound, in the language it was made in or another.</summary>
    Main,

    /// <summary>The programme with other voices.</summary>
    Dub,

    /// <summary>Somebody talks about the programme.</summary>
    Commentary,

    /// <summary>What is to be seen is told besides, for those who do not see it.</summary>
    Description,

    /// <summary>Speech stands out more, for those who hear badly.</summary>
    ClearSpeech,
}
